"""Topics an item belongs to, named in both languages."""

from sqlalchemy.orm import Mapped, mapped_column

from integrations.database import Base


class Topic(Base):
    """One subject of the library."""

    __tablename__ = "topic"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name_en: Mapped[str]
    name_nl: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)

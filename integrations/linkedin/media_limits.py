"""What LinkedIn takes of pictures, videos and documents; more is refused or never shown.

Whoever takes an upload from a person refuses it by these, so that nobody learns weeks
later that a share cannot be posted. LinkedIn names no limit for a picture's bytes.
"""

MEBIBYTE = 1024 * 1024

# Pictures (linkedin.md 3.1). LinkedIn says "less than 36,152,320 pixels".
PICTURE_FORMATS = frozenset({"JPEG", "PNG", "GIF"})
MOST_PICTURE_PIXELS = 36_152_319
MOST_GIF_FRAMES = 250

# One post (linkedin.md 2.3). One picture is another kind of post than several.
MOST_PICTURES = 20
LONGEST_ALT = 4086  # characters

# Videos (linkedin.md 3.2). The schema says 5 GB elsewhere; this is the strict reading.
VIDEO_FORMATS = frozenset({"MP4"})
SMALLEST_VIDEO, LARGEST_VIDEO = 75 * 1024, 500 * MEBIBYTE  # bytes
SHORTEST_VIDEO, LONGEST_VIDEO = 3, 30 * 60  # seconds
WIDEST_VIDEO = 2.4  # the longer side by the shorter one; a vendor's figure
# LinkedIn asks for a video in parts of this size.
PART_BYTES = 4 * MEBIBYTE

# Documents (linkedin.md 3.3).
DOCUMENT_FORMATS = frozenset({"PDF", "DOC", "DOCX", "PPT", "PPTX"})
LARGEST_DOCUMENT = 100 * MEBIBYTE  # bytes
MOST_DOCUMENT_PAGES = 300

"""What LinkedIn takes of the pictures, videos and documents that we send; more is refused or
never shown.

What is accepted from a person stays within these, so that nobody learns weeks later that a
share cannot be posted; a test compares. LinkedIn names no limit for a picture's bytes.
"""

MEBIBYTE = 1024 * 1024

# Pictures (linkedin.md 3.1). LinkedIn says "less than 36,152,320 pixels", and takes GIF too.
PICTURE_FORMATS = frozenset({"JPEG", "PNG"})
MOST_PICTURE_PIXELS = 36_152_319

# One post (linkedin.md 2.3). One picture is another kind of post than several.
MOST_PICTURES = 20
LONGEST_ALT = 4086  # characters

# Videos (linkedin.md 3.2). The schema says 5 GB elsewhere; this is the strict reading.
SMALLEST_VIDEO, LARGEST_VIDEO = 75 * 1024, 500 * MEBIBYTE  # bytes
SHORTEST_VIDEO, LONGEST_VIDEO = 3, 30 * 60  # seconds
WIDEST_VIDEO = 2.4  # the longer side by the shorter one; a vendor's figure
# LinkedIn asks for a video in parts of this size.
PART_BYTES = 4 * MEBIBYTE

# Documents (linkedin.md 3.3).
LARGEST_DOCUMENT = 100 * MEBIBYTE  # bytes
MOST_DOCUMENT_PAGES = 300

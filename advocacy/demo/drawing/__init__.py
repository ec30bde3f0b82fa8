"""The pictures of the sample organisation, drawn by code in a few flat colours."""

# The same commands by their make names; ./run does the work.
.PHONY: list demo test check crash bench dev lock
list: ; @./run
demo test check crash bench dev lock: ; @./run $@

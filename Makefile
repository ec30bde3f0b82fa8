# The same commands by their make names; ./run does the work.
.PHONY: list demo test check crash dev lock
list: ; @./run
demo test check crash dev lock: ; @./run $@

# The same commands by their make names; ./run does the work.
.PHONY: list demo test check dev lock
list: ; @./run
demo test check dev lock: ; @./run $@

# The same commands by their make names; ./run does the work.
.PHONY: list demo test check crash bench dev lock mutation
list: ; @./run
demo test check crash bench dev lock: ; @./run $@
# Which small changes of the code no test notices: on a copy, an hour or so (tests/mutation).
mutation: ; @tests/mutation/run.sh $(MODULES)

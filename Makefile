# The same commands by their make names; ./run does the work.
.PHONY: list demo test check crash bench dev lock mutation
list: ; @./run
demo test check crash bench dev lock: ; @./run $@
# Which small changes of the code no test notices: hours, on a copy (tests/mutation.sh).
mutation: ; @tests/mutation.sh $(MODULES)

"""Everything outside our process: database, queue, files, networks. Knows nothing of ours."""

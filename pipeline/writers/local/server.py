"""Serve one GGUF file on loopback until standard input ends. Run as a script, by its path: FILE CONTEXT THREADS.

The address is the one line on standard output. Standard input ends with whoever started this, even by kill -9.
"""

import os
import sys

_PROMPTS_MIB = 256  # the state of the last prompts, for their common beginning; the default is 8 GiB


def main() -> None:
    file, context, threads = sys.argv[1:]
    from xllamacpp import CommonParams, Server  # an extra

    params = CommonParams()
    params.model.path = file
    params.n_ctx = int(context)
    params.n_parallel = 1  # the context is shared out among those asked at once
    params.cpuparams.n_threads = int(threads)
    params.cache_ram_mib = _PROMPTS_MIB
    params.port = 0
    server = Server(params)
    print(server.listening_address, flush=True)  # noqa: T201 - this is what its parent reads
    sys.stdin.buffer.read()
    os._exit(0)  # an answer half written is of no use to anybody


if __name__ == "__main__":
    main()

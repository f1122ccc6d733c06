"""The article job on workers of many machines: Procrastinate hands it out over Postgres, where the ledger lies too.

`marbre submit` stores sources and settings there and defers a job a source; `marbre worker` runs the very job that
`marbre batch` runs, in a folder of its own, and puts the files of its pieces into the ledger; `marbre export` writes
them as `batch` would have. `marbre refresh` looks at what workers wrote, and defers a job for what is due (`pieces`,
`orders`, `refreshing`). Nothing is shared but Postgres and the model's address.
"""

"""Refreshes at set times, and what tells whoever watches how they went.

times     "every 6h", or a cron expression -> the next moment
keeper    waits, runs, waits again; one run at a time
child     a run as a process of its own; how it is asked to stop
lock      what the operating system lets one process hold
record    how refreshes went, beside the ledger
metrics   that as Prometheus text
health    whether a schedule is alive, in one line
systemd, crontab, compose    units for those who have a scheduler already
"""

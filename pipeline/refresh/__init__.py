"""The pieces written before: which are due, why, and what is to be done about it.

substance   what a text says, whatever its form; the difference of two readings
signs       words of a piece that a date makes stale
due         a row of the ledger and what was seen of its sources -> reasons
parts       the sections whose evidence changed
where       where pieces and their files are kept: an output folder and this machine, or elsewhere
look        the sources as they lie there now: files by size and time first, pages by their validators
beside      the background of a piece that is written again
run         deciding for all, doing for those that are due
"""

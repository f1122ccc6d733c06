"""House styles of French typography: which space stands where."""

from dataclasses import dataclass, replace

NO_BREAK = "\u00a0"
NARROW = "\u202f"


@dataclass(frozen=True, slots=True)
class Profile:
    """Each field is the space to set; an empty one means that the signs touch."""

    name: str
    high: str
    """Before `;`, `!` and `?`."""
    colon: str
    guillemet: str
    """Inside « »."""
    thousands: str
    hour: str
    """Around the `h` of `14 h 30`."""
    unit: str = NO_BREAK
    """Between a number and its unit, after `n°`, `M.`, the day of a date, and on the inner side of a dash."""
    spellings: tuple[str, ...] = ()
    """Names as the desk spells them: `Otan`, `Kyiv=Kiev`."""


# imprimerie: Imprimerie nationale and Lacroux. presse: media that set the colon thin, and hours tight.
# ue: the interinstitutional style guide, and the Official Journal for `:` and « ». quebec: OQLF, where no
# thin space can be had.
PROFILES: dict[str, Profile] = {
    profile.name: profile
    for profile in (
        Profile(
            "imprimerie", high=NARROW, colon=NO_BREAK, guillemet=NO_BREAK, thousands=NARROW, hour=NO_BREAK
        ),
        Profile("presse", high=NARROW, colon=NARROW, guillemet=NO_BREAK, thousands=NARROW, hour=""),
        Profile("ue", high="", colon="", guillemet="", thousands=NO_BREAK, hour=NO_BREAK),
        Profile("quebec", high="", colon=NO_BREAK, guillemet=NO_BREAK, thousands=NO_BREAK, hour=NO_BREAK),
    )
}


def profile_of(name: str, spellings: tuple[str, ...]) -> Profile:
    return replace(PROFILES[name], spellings=spellings)

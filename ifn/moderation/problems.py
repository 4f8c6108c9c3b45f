"""What stands in the way of a claim, whoever acts on it."""


class NotClaimable(Exception):  # noqa: N818
    """The profile is not listed, so nobody can claim it."""


class HasOwner(Exception):  # noqa: N818
    """Somebody looks after the profile already; they let others in."""


class ReasonMissing(Exception):  # noqa: N818
    """A no was to be said without saying why."""

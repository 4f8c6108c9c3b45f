"""The read model of lists: everything a card, a table row or a bubble shows, in one row."""

from django.db import models


class Listing(models.Model):
    """What lists show of a listed profile; written with the profile, in the same transaction.

    ``content`` is what ``directory.listings`` makes of a profile: plain values and vocabulary
    codes, no text in a reader's language except the business's own.
    """

    business = models.OneToOneField(
        "Business", models.CASCADE, primary_key=True, related_name="listing"
    )
    content = models.JSONField()

    def __str__(self) -> str:
        return f"listing of {self.business_id}"


class OpenProfile(models.Model):
    """What programs get of a listed profile: a JSON object, as ``directory.opendata`` writes it.

    It says what is so until ``holds_until``, that day included; nothing where no day changes it.
    """

    business = models.OneToOneField("Business", models.CASCADE, primary_key=True, related_name="+")
    content = models.TextField()
    holds_until = models.DateField(null=True)

    def __str__(self) -> str:
        return f"open profile of {self.business_id}"


class IndexEdition(models.Model):
    """Which edition of the words the search index was made with; see ``directory.tasks``."""

    name = models.CharField(max_length=60, primary_key=True)
    edition = models.CharField(max_length=80)

    def __str__(self) -> str:
        return f"{self.name} {self.edition}"

"""That the people of a profile were asked whether its facts still hold."""

from django.db import models


class Asking(models.Model):
    """One question "still true?", for the confirmation that had grown old; asked once for each."""

    business = models.ForeignKey("Business", models.CASCADE, related_name="askings", db_index=False)
    confirmed_on = models.DateField()
    asked_at = models.DateTimeField()
    #: To how many addresses; none where nobody can be reached by e-mail.
    messages = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["business", "confirmed_on"], name="directory_asking_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.business_id} {self.confirmed_on}"

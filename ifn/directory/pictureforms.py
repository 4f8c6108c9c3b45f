"""The form for one photo, with what it shows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from ifn.directory import clean, pictures
from ifn.directory.fields import line


class PictureForm(forms.Form):
    """A photo with what it shows."""

    picture = forms.FileField(
        label=gettext_lazy("Photo"),
        help_text=gettext_lazy("JPEG, PNG or WebP, at most 25 MB. Location data is removed."),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )
    caption_id = line(gettext_lazy("What it shows, Indonesian"), 160)
    caption_en = line(gettext_lazy("What it shows, English"), 160)

    def clean_picture(self) -> Any:
        """Refuse what is too large before it is read into memory."""
        upload = self.cleaned_data["picture"]
        try:
            pictures.check_length(upload.size)
        except clean.Refused as refused:
            raise forms.ValidationError(str(refused), code=refused.code) from None
        return upload

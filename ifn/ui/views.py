from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ifn.ui import icons, specimens


def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component in every state.

    This room knows nothing of accounts, so the view only says who it is for; whoever includes its
    addresses wraps it with the guard of that name (`access.staff`).
    """
    form = specimens.SpecimenForm()
    faulty = specimens.SpecimenForm(specimens.FAULTY)
    return render(
        request,
        "ui/gallery.html",
        {
            "icons": sorted(icons.SHAPES),
            "form": form,
            "faulty": faulty,
            **specimens.VALUES,
        },
    )


gallery.access = "staff"  # type: ignore[attr-defined]

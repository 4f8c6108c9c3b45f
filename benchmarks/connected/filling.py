"""Fill a database with what connects people and businesses; run by ``benchmarks.connected``."""

import sys

import django


def main() -> None:
    """Enter everything, a share of what 100,000 businesses have, and index what is open."""
    django.setup()
    from django.db import transaction  # noqa: PLC0415  # only after set-up
    from django.utils.timezone import localdate, now  # noqa: PLC0415
    from pyroaring import BitMap  # noqa: PLC0415

    from benchmarks.connected import building as sizes  # noqa: PLC0415
    from benchmarks.connected.inventing import Inventor  # noqa: PLC0415
    from ifn.connections import actions  # noqa: PLC0415
    from ifn.connections.following import packed  # noqa: PLC0415
    from ifn.connections.models import Enquiry, Opportunity  # noqa: PLC0415
    from ifn.connections.opportunities.indexing import COLLECTION  # noqa: PLC0415
    from ifn.textsearch.actions import compact  # noqa: PLC0415

    share = float(sys.argv[1])
    inventor = Inventor(now(), localdate())
    with transaction.atomic():
        Enquiry.objects.all().delete()
        Opportunity.objects.all().delete()
        inventor.enter_members(round(sizes.MEMBERS * share))
        inventor.enter_opportunities(round(sizes.OPPORTUNITIES * share))
        inventor.enter_enquiries(round(sizes.ENQUIRIES * share))
        inventor.enter_notices(round(sizes.NOTICES * share))
        known = BitMap(range(inventor.firms[0] % 100, max(inventor.firms) - 50))
        inventor.enter_follows(round(sizes.FOLLOWS * share), packed(known))
    last: int | None = 0
    while last is not None:
        last = actions.reindex(last)
    compact(COLLECTION)


if __name__ == "__main__":
    main()

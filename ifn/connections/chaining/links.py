"""Which links a product needs. A stated table: each rule beside its reason.

Thread, laces, eyelets and linings are in nobody's way: makers buy them from stock, so they are no
links of their own.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from ifn.connections.chaining.facts import Brief, Link

#: Whoever makes whole shoes can also take one of their steps.
MAKERS: Final = frozenset({"PR_MAKLON", "PR_IKM", "PR_FACTORY", "PR_OEM"})
#: Who sells upper material, by the family it belongs to.
SELLERS: Final[Mapping[str, frozenset[str]]] = {
    "LEATHER": frozenset({"UP_TANNERY", "UP_TRADER"}),
    "SYN": frozenset({"UP_SYNTH", "UP_TRADER"}),
    "TEXTILE": frozenset({"UP_TEXTILE", "UP_TRADER"}),
}
#: The sole is sewn: it needs a strip to sew it to, and a shank, as the seam leaves a hollow.
WELTED: Final = frozenset({"GOODYEAR", "HANDWELT", "NORWEGIAN"})
#: The sole forms on the upper in a mould or an oven, so none is bought; its material is.
FORMED: Final[Mapping[str, tuple[str, str]]] = {
    "VULCAN": ("UP_RUBBER", "RUBBER"),
    "INJECTED": ("UP_POLYMER", "SOLEMAT"),
    "ONEPIECE": ("UP_POLYMER", "SOLEMAT"),
}
#: The bottom of the upper is sewn shut; there is no stiff insole to pull the upper over.
WITHOUT_INSOLE: Final = frozenset({"STROBEL", "MOCC", "BOLOGNA", "CALIFORNIA", "VULCAN"})
#: Nothing is pulled over a last: straps are cut and put into the sole, or it is cast in one.
WITHOUT_LAST: Final = frozenset({"FLIP", "ONEPIECE"})
#: Sewn through or formed: nothing has to be glued before it holds.
WITHOUT_GLUE: Final = frozenset({"INJECTED", "ONEPIECE", "FLIP"})
#: Straps that are punched out need no sewing.
WITHOUT_STITCHING: Final = frozenset({"FLIP", "ONEPIECE"})
#: The step in which sole and upper become one.
JOINING: Final[Mapping[str, str]] = {"VULCAN": "VULC", "INJECTED": "INJECT", "ONEPIECE": "INJECT"}
#: Certificates of what comes in; all others are those of whoever makes the finished pair.
OF_MATERIAL: Final = frozenset({"LWG", "HALAL", "NONHALAL"})
SANDALS, HEELED = "SANDALG", "PUMPS"

UPPER, OUTSOLE, SOLE_MATERIAL, INSOLE = "upper", "outsole", "sole_material", "insole"
LAST, WELT, SHANK, HEEL, GLUE = "last", "welt", "shank", "heel", "glue"
STITCHING, ASSEMBLY, PACKAGING, TEST = "stitching", "assembly", "packaging", "test"
#: In the order in which a pair comes into being.
ORDER: Final = (
    *(UPPER, OUTSOLE, SOLE_MATERIAL, INSOLE, LAST, WELT, SHANK, HEEL, GLUE),
    *(STITCHING, ASSEMBLY, PACKAGING, TEST),
)
#: What lies ready beside the assembly before it begins.
_BESIDE: Final = {
    OUTSOLE: Link(
        code=OUTSOLE,
        roles=frozenset({"CO_OUTSOLE"}),
        usual_days=21,
        counts_pairs=True,
        is_main=True,
    ),
    INSOLE: Link(code=INSOLE, roles=frozenset({"CO_INSOLE"}), usual_days=10, counts_pairs=True),
    LAST: Link(code=LAST, roles=frozenset({"CO_LAST"}), usual_days=21),
    # No role is called welt maker: the strip is cut from sole leather, which these sell.
    WELT: Link(
        code=WELT,
        roles=frozenset({"CO_OUTSOLE", "UP_TANNERY", "UP_TRADER"}),
        usual_days=10,
        materials=frozenset({"VEGTAN", "LEATHERSOLE"}),
    ),
    SHANK: Link(code=SHANK, roles=frozenset({"CO_SHANK"}), usual_days=10, counts_pairs=True),
    HEEL: Link(code=HEEL, roles=frozenset({"CO_HEEL"}), usual_days=14, counts_pairs=True),
    GLUE: Link(
        code=GLUE,
        roles=frozenset({"UP_ADHESIVE", "UP_TRADER"}),
        usual_days=7,
        materials=frozenset({"ADH"}),
    ),
}
_PACKAGING: Final = Link(
    code=PACKAGING,
    roles=frozenset({"CO_PACK"}),
    usual_days=10,
    goes_to=ASSEMBLY,
    counts_pairs=True,
)
_TEST: Final = Link(
    code=TEST, roles=frozenset({"SV_LAB"}), usual_days=10, goes_to=ASSEMBLY, after=(ASSEMBLY,)
)

Ancestors = Mapping[str, Mapping[str, tuple[str, ...]]]


def needed_links(brief: Brief, ancestors: Ancestors) -> tuple[Link, ...]:
    """Return the links a brief needs, upstream first; ``ancestors`` as in ``matching.Ground``."""
    beside = [_sold(code, brief) for code in _beside(brief, ancestors)]
    is_sewn = brief.construction not in WITHOUT_STITCHING
    has_upper = brief.construction != "ONEPIECE"
    first = ASSEMBLY if not is_sewn else STITCHING
    found = {link.code: replace(link, goes_to=ASSEMBLY) for link in beside}
    if has_upper:
        found[UPPER] = _upper(brief, ancestors, first)
    if is_sewn:
        found[STITCHING] = _stitching(brief)
    waits_for = [code for code in found if found[code].goes_to == ASSEMBLY]
    found[ASSEMBLY] = _assembly(brief, ancestors, tuple(waits_for))
    found |= {PACKAGING: _PACKAGING, TEST: _TEST}
    return tuple(found[code] for code in ORDER if code in found)


def _beside(brief: Brief, ancestors: Ancestors) -> list[str]:
    """Return what is bought for the assembly besides the upper."""
    made = brief.construction
    above = (brief.product, *ancestors.get("products", {}).get(brief.product, ()))
    has_last = made not in WITHOUT_LAST and SANDALS not in above
    wanted = {
        SOLE_MATERIAL: made in FORMED,
        OUTSOLE: made not in FORMED,
        LAST: has_last,
        INSOLE: has_last and made not in WITHOUT_INSOLE and made not in FORMED,
        WELT: made in WELTED,
        SHANK: made in WELTED or HEELED in above,
        HEEL: HEELED in above,
        GLUE: made not in WITHOUT_GLUE,
    }
    return [code for code, is_wanted in wanted.items() if is_wanted]


def _sold(code: str, brief: Brief) -> Link:
    if code == OUTSOLE and brief.sole:
        return replace(_BESIDE[code], materials=frozenset({brief.sole}))
    if code != SOLE_MATERIAL:
        return _BESIDE[code]
    role, material = FORMED[brief.construction]
    return Link(
        code=code,
        roles=frozenset({role}),
        usual_days=10,
        materials=frozenset({material}),
        is_main=True,
    )


def _upper(brief: Brief, ancestors: Ancestors, goes_to: str) -> Link:
    family = (brief.upper, *ancestors.get("materials", {}).get(brief.upper, ()))[-1]
    return Link(
        code=UPPER,
        roles=SELLERS.get(family, frozenset({"UP"})),
        usual_days=10,
        goes_to=goes_to,
        materials=frozenset({brief.upper}),
        certificates=brief.certificates & OF_MATERIAL,
        is_main=True,
    )


def _stitching(brief: Brief) -> Link:
    return Link(
        code=STITCHING,
        roles=frozenset({"PR_UPPER"}) | MAKERS,
        usual_days=14,
        goes_to=ASSEMBLY,
        after=(UPPER,),
        # Who only stitches states components as the product; who makes shoes must make such ones.
        products=frozenset({brief.product, "COMPONENT"}),
        processes=frozenset({"STITCH"}),
        counts_pairs=True,
        is_main=True,
        is_job_order=True,
    )


def _assembly(brief: Brief, ancestors: Ancestors, after: tuple[str, ...]) -> Link:
    made = brief.construction
    is_lasted = LAST in _beside(brief, ancestors)
    joined = JOINING.get(made, "BOTTOM")
    return Link(
        code=ASSEMBLY,
        roles=(frozenset({"PR_ASSEMBLY"}) if is_lasted else frozenset()) | MAKERS,
        usual_days=21,
        after=after,
        products=frozenset({brief.product}),
        constructions=frozenset({made}),
        processes=frozenset({"LAST", joined}) if is_lasted else frozenset({joined}),
        certificates=brief.certificates - OF_MATERIAL,
        counts_pairs=True,
        is_main=True,
        is_job_order=True,
    )

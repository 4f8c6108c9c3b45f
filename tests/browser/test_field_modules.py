"""The modules of the page for the field that only compute, in the browser they run in."""

import json
from pathlib import Path

import pytest

from ifn.assessments.instruments.document import Kind
from ifn.assessments.instruments.expressions import parsed
from ifn.assessments.instruments.writing import condition

pytestmark = pytest.mark.browser
CASES = json.loads((Path(__file__).parents[1] / "assessments" / "conditions.json").read_text())


def test_conditions_hold_on_the_phone_as_the_table_says(opened):
    page = opened("/lapangan", 390)
    cases = [
        [
            condition(made)
            if (made := parsed(case["expression"], {k: Kind(v) for k, v in case["kinds"].items()}))
            else None,
            case["answers"],
        ]
        for case in CASES
    ]

    found = page.evaluate(
        """async (cases) => {
          const { holds } = await import("/static/ui/js/field/conditions.js");
          return cases.map(([condition, answers]) => holds(condition, answers));
        }""",
        cases,
    )

    assert found == [case["holds"] for case in CASES]


#: What a sheet on the phone does with what was changed here, there, and in between.
SHEETS = """async () => {
  const { give, merge, pack, restore, settle } = await import("/static/ui/js/field/answers.js");
  const key = "CUT_1|assessor|value";
  const sheet = (is, base) => ({ person: "1", uuid: "u", fields: { [key]: { is, base } } });
  const now = (value, conflicts = 0) => (
    { state: "draft", sides: ["assessor"], conflicts, stands: [["CUT_1", "assessor", value, ""]] });
  const sent = ({ content }) => content.changes.map((one) => [one.base, one.sent]);
  const field = (one) => { const { waits, ...rest } = one.fields[key]; return rest; };
  const named = { question: "CUT_1", side: "assessor", field: "value" };

  // The platform's answer was brought in behind an open form: whoever writes then has not seen it.
  const unseen = give(merge(sheet(2, 2), now(3)), key, 4, 2);
  // Changed here: what stands there is left to the platform to compare.
  const changed = merge(sheet(2, 1), now(3));
  // Written while a package waits: the next one begins from what was sent.
  const waiting = sheet(3, null);
  const first = pack(waiting, false);
  give(waiting, key, 4, 3);
  const second = pack(waiting, false);
  // Refused as a whole: nothing counts as sent.
  const refused = sheet(3, 1);
  const back = restore(refused, pack(refused, true), { code: "rights", said: "x" });
  // A conflict keeps both until a person has decided; then the platform's answer stands.
  const divided = sheet(3, null);
  const parcel = pack(divided, true);
  const divide = { ...named, base: null, here: 1, sent: 3 };
  settle(divided, parcel, { conflicts: [divide], now: now(1, 1) });
  const open = structuredClone(field(divided));
  give(divided, key, 0, 3);
  const locked = divided.fields[key].is;
  merge(divided, now(1, 0));
  return {
    unseen: field(unseen), changed: field(changed), back: field(back), open, locked,
    decided: field(divided),
    packages: [first, second].map(sent),
  };
}"""


def test_a_sheet_keeps_apart_what_was_changed_here_and_there(opened):
    found = opened("/lapangan", 390).evaluate(SHEETS)

    assert found == {
        "unseen": {"is": 4, "base": 2},
        "changed": {"is": 2, "base": 1},
        "packages": [[[None, 3]], [[3, 4]]],
        "back": {"is": 3, "base": 1},
        "open": {"is": 3, "base": None, "conflict": {"here": 1, "sent": 3}},
        "locked": 3,
        "decided": {"is": 1, "base": 1},
    }

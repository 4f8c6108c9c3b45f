"""What of enquiries and opportunities waits for a person, as parts of one question.

``site.waiting`` asks all rooms at once; there it says what every part returns and may refer to.
"""

from typing import Final

#: Letters to a person's firms that nobody answered yet, those that end first first.
UNANSWERED: Final = """
SELECT 'enquiry' AS kind, e.id AS pk, '' AS a, '' AS b, '' AS c, '' AS d, '' AS at
  FROM connections_enquiry AS e
 WHERE e.business_id IN (SELECT business_id FROM firm UNION
                         SELECT old.id FROM directory_business AS old
                           JOIN firm ON firm.business_id = old.merged_into_id)
   AND e.state IN ('sent', 'seen') AND e.sent_at IS NOT NULL AND NOT e.is_unheard
 ORDER BY e.answer_by, e.id LIMIT %(most)s
"""
#: What a person or their firms asked and were answered, those longest in contact first.
MET: Final = """
SELECT 'outcome' AS kind, e.id AS pk, '' AS a, '' AS b, '' AS c, '' AS d, '' AS at
  FROM connections_enquiry AS e
 WHERE e.id IN (SELECT id FROM connections_enquiry WHERE asker = %(asker)s UNION
                SELECT sent.id FROM connections_enquiry AS sent
                  JOIN connections_letter AS letter ON letter.id = sent.letter_id
                  JOIN firm ON firm.business_id = letter.business_id)
   AND e.state IN ('accepted', 'contacted', 'negotiating')
 ORDER BY e.met_at, e.id LIMIT %(most)s
"""
#: What is to be written, renewed or changed: what ends first first, what the office does last.
OPPORTUNITIES: Final = """
SELECT 'opportunity' AS kind, o.id AS pk,
       o.state AS a, o.number AS b, o.title_id AS c, o.title_en AS d,
       CASE o.state WHEN 'open' THEN CAST(o.expires_on AS text)
                    ELSE CAST(o.since AS text) END AS at
  FROM connections_opportunity AS o
 WHERE o.business_id IN (SELECT business_id FROM firm)
   AND (o.state IN ('draft', 'refused', 'review')
        OR o.state = 'open' AND o.expires_on <= %(renew_until)s)
 ORDER BY CASE o.state WHEN 'open' THEN 0 WHEN 'review' THEN 2 ELSE 1 END,
          CASE o.state WHEN 'open' THEN o.expires_on END, o.since DESC, o.id DESC
 LIMIT %(most)s
"""
PARTS: Final = (UNANSWERED, MET, OPPORTUNITIES)

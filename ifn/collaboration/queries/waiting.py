"""Whether anything of this room may wait for a person, as parts of one question.

``site.waiting`` asks all rooms at once; there it says what every part returns and may refer to.
Most people have no part in any of it, and are asked no more.
"""

from typing import Final

#: A firm of theirs takes part in a project, or is asked to.
TAKES_PART: Final = """
SELECT 'partner' AS kind, p.id AS pk, '' AS a, '' AS b, '' AS c, '' AS d, '' AS at
  FROM collaboration_projectpartner AS p
 WHERE p.business_id IN (SELECT business_id FROM firm) AND p.state IN ('invited', 'accepted')
 LIMIT 1
"""
#: A firm of theirs was invited to a call, applied, or made one; or they sit on a panel.
CALLED: Final = """
SELECT 'called' AS kind, u.id AS pk, '' AS a, '' AS b, '' AS c, '' AS d, '' AS at
  FROM accounts_user AS u
 WHERE u.id = %(person)s
   AND (EXISTS (SELECT 1 FROM collaboration_invitation AS i
                 WHERE i.business_id IN (SELECT business_id FROM firm) AND i.state = 'sent')
        OR EXISTS (SELECT 1 FROM collaboration_application AS a
                    WHERE a.business_id IN (SELECT business_id FROM firm)
                      AND a.state IN ('submitted', 'eligible'))
        OR EXISTS (SELECT 1 FROM collaboration_call AS c
                    WHERE c.business_id IN (SELECT business_id FROM firm)
                      AND c.state IN ('open', 'screening'))
        OR EXISTS (SELECT 1 FROM collaboration_evaluator AS e
                     JOIN collaboration_call AS c ON c.id = e.call_id
                    WHERE e.person_id = u.id AND c.state = 'panel'))
"""
PARTS: Final = (TAKES_PART, CALLED)

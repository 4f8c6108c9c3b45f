"""What of a person's requests about their data waits, for the question of ``site.waiting``."""

from typing import Final

#: Requests to prove or in work: first what the person does, what is due first.
REQUESTS: Final = """
SELECT 'request' AS kind, r.id AS pk,
       r.kind AS a, r.state AS b, '' AS c, '' AS d, CAST(r.due_at AS text) AS at
  FROM privacy_datarequest AS r
 WHERE r.person_id = %(person)s AND r.state IN ('unproven', 'open')
 ORDER BY CASE r.state WHEN 'unproven' THEN 0 ELSE 1 END, r.due_at, r.id LIMIT %(most)s
"""

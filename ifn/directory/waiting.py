"""What of profiles waits for a person, as parts of the question that ``site.waiting`` asks."""

from typing import Final

#: The firms for which a person may act, to which every part may refer. Kept as a table of its own
#: it would be without an index, and SQLite would read all enquiries.
FIRMS: Final = """
WITH firm AS NOT MATERIALIZED (
    SELECT business_id FROM directory_membership
     WHERE person_id = %(person)s AND role <> 'viewer'
)
"""
#: Certificates that ended lately or end soon.
CERTIFICATES: Final = """
SELECT 'certificate' AS kind, c.business_id AS pk,
       CAST(c.term_id AS text) AS a, '' AS b, '' AS c, '' AS d, CAST(c.expires_on AS text) AS at
  FROM directory_certificate AS c
 WHERE c.business_id IN (SELECT business_id FROM firm)
   AND c.expires_on BETWEEN %(ends_from)s AND %(ends_until)s
 ORDER BY c.expires_on, c.id LIMIT %(most)s
"""
#: What the network checked that ended lately or ends soon.
VERIFICATIONS: Final = """
SELECT 'verification' AS kind, v.business_id AS pk,
       v.topic AS a, '' AS b, '' AS c, '' AS d, CAST(v.expires_on AS text) AS at
  FROM directory_verification AS v
 WHERE v.business_id IN (SELECT business_id FROM firm)
   AND v.withdrawn_at IS NULL AND v.replaced_at IS NULL
   AND v.expires_on BETWEEN %(ends_from)s AND %(ends_until)s
 ORDER BY v.expires_on, v.id LIMIT %(most)s
"""
PARTS: Final = (CERTIFICATES, VERIFICATIONS)

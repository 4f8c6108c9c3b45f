"""Messages as mail servers return them, of four makes; ``ours`` is a copy of what we sent."""

from email import message_from_string
from email.message import Message as Mail

BOX = "pantulan@ifn.example"


def ours(to: str, token: str) -> str:
    return (
        f"From: Indonesia Footwear Network <ifn@ifn.example>\nTo: {to}\n"
        f"Subject: 2 kabar baru untuk Anda\nX-IFN-Message: {token}\n"
        "Message-ID: <0f1e2d@ifn.example>\n"
    )


def postfix(
    to: str,
    token: str,
    *,
    status: str = "5.1.1",
    action: str = "failed",
    said: str = "550 5.1.1 <ibu@kelom.example>: Recipient address rejected: User unknown",
    came_to: str = BOX,
) -> Mail:
    """A report as Postfix writes it, with the headers of the message it returns."""
    return message_from_string(f"""\
Return-Path: <>
Delivered-To: {came_to}
Date: Fri,  5 Jun 2026 07:00:09 +0700 (WIB)
From: MAILER-DAEMON@mx.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: {came_to}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="9B095B5ADSN=_4F.1780617609/mx.example"
Message-Id: <20260605000009.4F1B2@mx.example>

This is a MIME-encapsulated message.

--9B095B5ADSN=_4F.1780617609/mx.example
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients.

<{to}>: host mx.kelom.example[192.0.2.7] said: {said}

--9B095B5ADSN=_4F.1780617609/mx.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
X-Postfix-Queue-ID: 4F1B2
Arrival-Date: Fri,  5 Jun 2026 07:00:08 +0700 (WIB)

Final-Recipient: rfc822; {to}
Original-Recipient: rfc822;{to}
Action: {action}
Status: {status}
Remote-MTA: dns; mx.kelom.example
Diagnostic-Code: smtp; {said}

--9B095B5ADSN=_4F.1780617609/mx.example
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

{ours(to, token)}
--9B095B5ADSN=_4F.1780617609/mx.example--
""")


def exchange(to: str, token: str, status: str = "5.1.10") -> Mail:
    """A report as Exchange Online writes it, with the whole message inside."""
    return message_from_string(f"""\
From: <postmaster@outlook.example>
To: <ifn@ifn.example>
Date: Fri, 5 Jun 2026 00:00:12 +0000
Subject: Undeliverable: 2 kabar baru untuk Anda
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="_d1_"

--_d1_
Content-Type: multipart/alternative; boundary="_d2_"

--_d2_
Content-Type: text/plain; charset="us-ascii"

Your message to {to} couldn't be delivered. The address wasn't found.

--_d2_
Content-Type: text/html; charset="us-ascii"

<p>Your message couldn't be delivered.</p>

--_d2_--

--_d1_
Content-Type: message/delivery-status

Reporting-MTA: dns;SG2PR01MB1234.outlook.example
Received-From-MTA: dns;mx.example
Arrival-Date: Fri, 5 Jun 2026 00:00:11 +0000

Final-Recipient: rfc822;{to}
Action: failed
Status: {status}
Diagnostic-Code: smtp;550 {status} RESOLVER.ADR.RecipientNotFound; Recipient not found

--_d1_
Content-Type: message/rfc822

{ours(to, token)}MIME-Version: 1.0
Content-Type: text/plain; charset="utf-8"

Halo Ibu, 9.9.9 dan 5.1.1 hanyalah angka.

--_d1_--
""")


def qmail(to: str, token: str, said: str = "#5.1.1") -> Mail:
    """Words for people, as qmail writes them, with a copy below."""
    return message_from_string(f"""\
Return-Path: <>
From: MAILER-DAEMON@old.example
To: ifn@ifn.example
Subject: failure notice

Hi. This is the qmail-send program at old.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<{to}>:
Sorry, no mailbox here by that name. ({said})

--- Below this line is a copy of the message.

Return-Path: <ifn@ifn.example>
{ours(to, token)}
Halo Ibu, 4.2.2 hanyalah angka.
""")


def holiday(to: str, came_to: str) -> Mail:
    """A person's automatic answer."""
    return message_from_string(f"""\
From: Ibu Ratna <{to}>
To: {came_to}
Subject: Sedang cuti
Auto-Submitted: auto-replied

Saya cuti sampai 5.1.1 nanti.
""")

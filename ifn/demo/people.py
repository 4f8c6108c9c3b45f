"""The people of the demo network and what they sign in with, for trying things out only."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SignIn:
    """An invented person; the password is public and must never open anything real."""

    name: str
    email: str
    password: str
    role: str
    #: Regions of a regional officer.
    territory: tuple[str, ...] = ()


OFFICER, MEMBER = "petugas@example.com", "anggota@example.com"
SIGN_INS = (
    SignIn("Sekar Wulandari", OFFICER, "sol-karet-Mojokerto", "officer"),
    SignIn("Bagas Prakoso", "pengelola@example.com", "klebut-kayu-Bandung", "administrator"),
    SignIn("Lalu Wirajaya", "dinas@example.com", "tikar-pandan-Lombok", "regional", ("52.03",)),
    SignIn("Ratna Lestari", MEMBER, "kelom-geulis-Garut", "member"),
)

from django.urls import path

from ifn.accounts.views import account, contacts, factors, passkeys, people, registering, signing

app_name = "accounts"
PERSON = "kerja/orang/<int:pk>"
urlpatterns = [
    path("masuk", signing.sign_in, name="sign-in"),
    path("masuk/kedua", signing.second, name="second"),
    path("masuk/tautan", signing.ask_link, name="ask-link"),
    path("masuk/buka", signing.open_link, name="open-link"),
    path("masuk/kunci/mulai", passkeys.ask_to_show, name="passkey-options"),
    path("masuk/kunci", passkeys.sign_in, name="passkey-sign-in"),
    path("keluar", signing.sign_out, name="sign-out"),
    path("daftar", registering.register, name="register"),
    path("daftar/buka", registering.confirm, name="confirm"),
    path("akun", account.account, name="account"),
    path("akun/pastikan", account.prove, name="prove"),
    path("akun/kata-sandi", account.change_password, name="change-password"),
    path("akun/sesi/akhiri", account.end_session, name="end-session"),
    path("akun/email", contacts.change_email, name="change-email"),
    path("akun/email/buka", contacts.confirm_email, name="confirm-email"),
    path("akun/email/batal", contacts.undo_email, name="undo-email"),
    path("akun/telepon", contacts.change_phone, name="change-phone"),
    path("akun/faktor-kedua", factors.second_factors, name="second-factors"),
    path("akun/aplikasi", factors.add_authenticator, name="add-authenticator"),
    path("akun/aplikasi/hapus", factors.remove_authenticator, name="remove-authenticator"),
    path("akun/kode", factors.recovery_codes, name="recovery-codes"),
    path("akun/kunci/mulai", passkeys.ask_to_make, name="new-passkey-options"),
    path("akun/kunci", passkeys.add, name="add-passkey"),
    path("akun/kunci/<int:pk>/hapus", passkeys.remove, name="remove-passkey"),
    path("kerja/orang", people.people, name="people"),
    path("kerja/orang/baru", people.new, name="new-person"),
    path(PERSON, people.person, name="person"),
    path(f"{PERSON}/tugas", people.change_scope, name="change-scope"),
    path(f"{PERSON}/status", people.change_status, name="change-status"),
    path(f"{PERSON}/faktor-kedua", people.reset_factors, name="reset-factors"),
    path(f"{PERSON}/tautan", people.make_link, name="make-link"),
]

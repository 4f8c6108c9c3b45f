from django.urls import path

from ifn.accounts import views

app_name = "accounts"
urlpatterns = [
    path("masuk", views.sign_in, name="sign-in"),
    path("keluar", views.sign_out, name="sign-out"),
    path("akun", views.account, name="account"),
    path("akun/kata-sandi", views.change_password, name="change-password"),
]

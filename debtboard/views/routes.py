"""The addresses of all pages (contracts, section 3)."""

from django.urls import path

from debtboard.views import accounts, catalogue, components, findings, people, portfolio, scans, settings, teams

urlpatterns = [
    path("", portfolio.page, name="portfolio"),
    path("figure/<slug:name>.json", portfolio.figure, name="portfolio_figure"),
    path("teams/<slug:slug>/", teams.page, name="team"),
    path("teams/<slug:slug>/weeks/<slug:name>/", teams.weeks, name="team_weeks"),
    path("teams/<slug:slug>/figure/<slug:name>.json", teams.figure, name="team_figure"),
    path("components/<slug:public_id>/", components.page, name="component"),
    path("components/<slug:public_id>/progress/", components.progress, name="component_progress"),
    path("components/<slug:public_id>/scan/", components.scan_now, name="scan_now"),
    path("components/<slug:public_id>/findings/", findings.listing, name="findings"),
    path("components/<slug:public_id>/debts/<slug:slug>/", components.debt, name="component_debt"),
    path("components/<slug:public_id>/opened/<slug:slug>/", components.opened, name="opened"),
    path("components/<slug:public_id>/weeks/<slug:name>/", components.weeks, name="component_weeks"),
    path("components/<slug:public_id>/figure/<slug:name>.json", components.figure, name="component_figure"),
    path("findings/<slug:public_id>/", findings.page, name="finding"),
    path("findings/<slug:public_id>/blame/", findings.blame, name="finding_blame"),
    path("catalogue/", catalogue.index, name="catalogue"),
    path("catalogue/<slug:slug>/", catalogue.entry, name="catalogue_entry"),
    path("scans/", scans.page, name="scans"),
    path("scans/<int:pk>/cancel/", scans.cancel, name="scan_cancel"),
    path("scans/<int:pk>/retry/", scans.retry, name="scan_retry"),
    path("settings/", settings.index, name="settings"),
    path("settings/repositories/new/", settings.register, name="register"),
    path("settings/repositories/import/", settings.import_list, name="import"),
    path("settings/components/<slug:public_id>/", settings.component, name="component_settings"),
    path("settings/components/<slug:public_id>/keep/", settings.keep, name="component_keep"),
    path("settings/approvals/<int:pk>/decide/", settings.decide, name="approval_decide"),
    path("settings/approvals/<int:pk>/withdraw/", settings.withdraw, name="approval_withdraw"),
    path("settings/teams/new/", settings.new_team, name="new_team"),
    path("settings/people/", people.page, name="people"),
    path("settings/people/<int:pk>/link/", people.link, name="person_link"),
    path("settings/people/roles/<int:pk>/change/", people.change, name="membership_change"),
    path("settings/people/roles/<int:pk>/remove/", people.remove, name="membership_remove"),
    path("accounts/login/", accounts.SignIn.as_view(), name="login"),
    path("accounts/logout/", accounts.SignOut.as_view(), name="logout"),
    path("accounts/password/", accounts.password, name="password"),
    path("accounts/enter/<str:uid>/<str:token>/", accounts.enter, name="enter"),
]

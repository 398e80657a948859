"""Applications."""

from __future__ import annotations

from msgspec import structs

from sellingpartner.contract import market_v1 as v1
from sellingpartner.market.accounts import applications, questions
from sellingpartner.market.accounts.model import Application, ApplicationStatus, Distribution
from sellingpartner.server.control.desk import Desk
from sellingpartner.storage.unit import UnitOfWork


def create_application(desk: Desk, request: v1.CreateApplication) -> v1.RegisteredApplication:
    """Register an application, and its developer unless that is one that the market knows."""
    with desk.market.write() as unit:
        developer_id = _developer(unit, request)
        application, secret = applications.register_application(
            unit, request.name, developer_id, by=desk.by, **_said(request)
        )
    return v1.RegisteredApplication(**structs.asdict(_application(application)), client_secret=secret)


def get_application(desk: Desk, request: v1.GetApplication) -> v1.Application:
    """One application."""
    with desk.market.read() as unit:
        return _application(questions.application_by(unit, application_id=request.application_id))


def change_application(desk: Desk, request: v1.ChangeApplication) -> v1.Application:
    """Change what an application is registered as."""
    said, this = _said(request), request.application_id
    with desk.market.write() as unit:
        if request.name is None:
            changed = applications.change_application(unit, this, by=desk.by, **said)
        else:
            changed = applications.change_application(unit, this, by=desk.by, name=request.name, **said)
    return _application(changed)


def list_applications(desk: Desk, _request: v1.ListApplications) -> v1.Applications:
    """All applications."""
    with desk.market.read() as unit:
        found = questions.all_applications(unit)
    return v1.Applications(applications=[_application(one) for one in found])


def _developer(unit: UnitOfWork, request: v1.CreateApplication) -> str:
    if request.developer_id is None:
        return applications.register_developer(unit, request.developer_name or request.name)
    developer_id: str = questions.developer_of(unit, request.developer_id).developer_id
    return developer_id


def _said(request: v1.CreateApplication | v1.ChangeApplication) -> applications.Registration:
    """What a request says of a registration; what it does not say is left out.

    Something empty takes away what may be missing: null on the wire is the same as not to say it.
    """
    said: applications.Registration = {}
    if request.scopes is not None:
        said["scopes"] = request.scopes
    if request.optional_scopes is not None:
        said["optional_scopes"] = request.optional_scopes
    if request.roles is not None:
        said["roles"] = request.roles or None
    if request.redirect_uris is not None:
        said["redirect_uris"] = request.redirect_uris
    if request.login_uri is not None:
        said["login_uri"] = request.login_uri or None
    if request.status is not None:
        said["status"] = ApplicationStatus(request.status.value)
    if request.distribution is not None:
        said["distribution"] = Distribution(request.distribution.value)
    return said


def _application(application: Application) -> v1.Application:
    return v1.Application(
        application_id=application.application_id,
        client_id=application.client_id,
        name=application.name,
        developer_id=application.developer_id,
        status=v1.ApplicationStatus(application.status.value),
        distribution=v1.Distribution(application.distribution.value),
        scopes=list(application.scopes),
        optional_scopes=list(application.optional_scopes),
        roles=None if application.roles is None else list(application.roles),
        redirect_uris=list(application.redirect_uris),
        login_uri=application.login_uri,
        registered_at=application.registered_at,
        secret_ends_at=application.secret_ends_at,
    )

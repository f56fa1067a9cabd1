"""The list of models, and refusals in OpenAI's shape."""

from ai.tests.people import ANA, Person, read
from servicekit.people import EXPORT


def test_the_models_are_listed_as_openais_clients_read_them(ana: Person) -> None:
    told = read(ana.get("/v1/models"))
    assert told["object"] == "list"
    assert {model["id"] for model in told["data"]} >= {"smollm2-135m-instruct", "all-minilm-l6-v2"}
    assert {model["object"] for model in told["data"]} == {"model"}


def test_whoever_may_not_is_told_in_openais_shape(ana: Person, visitor: Person, nobody: Person) -> None:
    without = Person(ana.app, ana.issuer, ANA, scope="")
    told = [(person.get("/v1/models").status_code, error(person)) for person in (nobody, visitor, without)]
    unknown, forbidden = ("invalid_request_error", "invalid_api_key"), ("permission_error", "forbidden")
    assert told == [(401, unknown), (401, unknown), (403, forbidden)]


def error(person: Person, path: str = "/v1/models") -> tuple[str, str]:
    told = read(person.get(path))["error"]
    assert told["message"]
    return told["type"], told["code"]


def test_so_are_unknown_addresses_there_and_only_there(ana: Person) -> None:
    assert error(ana, "/v1/nothing") == ("invalid_request_error", "not-found")
    assert ana.get("/nothing").content_type == "application/problem+json"


def test_a_person_of_whom_nothing_is_kept_has_nothing_to_export(ana: Person) -> None:
    token = ana.issuer.token("ai", ANA, EXPORT)
    client, headers = ana.app.test_client(), {"Authorization": f"Bearer {token}"}
    assert client.get(f"/internal/people/{ANA}/export", headers=headers).text == '{"complete": true}\n'

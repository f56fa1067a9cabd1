"""The OpenAPI document: valid, the one in contracts/, and what the service really does."""

from pathlib import Path

import schemathesis
from apiflask import APIFlask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance

from documents.tests.people import ANA, MEMBER, Person, read
from servicekit import openapi
from servicekit.testing import Issuer

CONTRACT = Path(__file__).parents[3] / "contracts" / "documents.openapi.json"
OPERATIONS = {
    "listDocuments", "searchDocuments", "createDocument", "readDocument", "replaceDocument", "deleteDocument",
    "listSamples", "searchSamples", "readSample",
    "importDocuments", "listJobs", "readJob", "readJobReport", "cancelJob",
}  # fmt: skip

# The identity is ours, not a generated one; and cursors and ETags come from answers, no schema can tell them.
NOT_FOR_US = [ignored_auth, positive_data_acceptance]


@schemathesis.serializer("application/zip")
def _as_it_is(_context: object, value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


def test_the_contract_is_what_the_service_says(app: APIFlask) -> None:
    assert openapi.spec_of(app) == CONTRACT.read_text(encoding="utf-8"), "run make contracts"


def test_it_is_valid_and_open_to_all(nobody: Person) -> None:
    answer = nobody.get("/openapi.json")
    assert answer.status_code == 200
    OpenAPIV31SpecValidator(read(answer)).validate()


def test_operations_have_stable_ids_summaries_and_scopes(nobody: Person) -> None:
    paths = read(nobody.get("/openapi.json"))["paths"]
    operations = [operation for item in paths.values() for operation in item.values()]
    assert {operation["operationId"] for operation in operations} == OPERATIONS
    assert all(operation["summary"] and "default" in operation["responses"] for operation in operations)
    assert paths["/api/documents"]["post"]["security"] == [{"identity": ["documents:write"]}]
    assert paths["/api/documents"]["post"]["requestBody"]["required"] is True
    assert paths["/api/documents/samples"]["get"]["security"] == [{"identity": []}, {}]
    assert "content" not in paths["/api/documents/{document_id}"]["get"]["responses"]["304"]


def test_generated_requests_get_answers_as_declared(app: APIFlask, issuer: Issuer) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/documents/openapi.json", app)
    headers = {"Authorization": f"Bearer {issuer.token('documents', ANA, MEMBER)}"}
    known = Person(app, issuer, ANA).save()

    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]

    @settings(
        max_examples=60, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )
    @given(st.data())
    def check(data: st.DataObject) -> None:
        case = data.draw(data.draw(st.sampled_from(operations)).as_strategy())
        if "document_id" in case.path_parameters and data.draw(st.booleans()):
            case.path_parameters["document_id"] = known
        case.validate_response(case.call(headers=headers), excluded_checks=NOT_FOR_US)

    check()

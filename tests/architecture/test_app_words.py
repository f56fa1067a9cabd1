"""The app has words for what the backend names, and names nothing that the backend does not know."""

import re
import tomllib

from backend.audit import service as audit
from backend.programs.clients import OWN_TOKENS
from scripts.shell import ROOT
from servicekit.jobs.runners import WORDS

APP = ROOT / "frontend" / "src"
PERMISSIONS = set(
    tomllib.loads((ROOT / "contracts" / "policy.toml").read_text(encoding="utf-8"))["permissions"]
)


def keys_of(constant: str, file: str) -> set[str]:
    """The keys of an object that a TypeScript file declares."""
    text = (APP / file).read_text(encoding="utf-8")
    block = re.search(
        rf"^(?:export )?const {constant}: .*? = \{{\n(.*?)\n\}};", text, re.DOTALL | re.MULTILINE
    )
    assert block
    return set(re.findall(r'^  "?([\w.:]+)"?: ', block[1], re.MULTILINE))


ACTIONS = {value for name, value in vars(audit).items() if name.isupper() and isinstance(value, str)}


def test_every_action_of_the_audit_has_words() -> None:
    assert keys_of("actions", "shared/signed-in/use-action-words.ts") == ACTIONS


def test_every_action_of_the_audit_can_be_looked_for() -> None:
    text = (APP / "features" / "administration" / "use-action-groups.ts").read_text(encoding="utf-8")
    groups = set(re.findall(r'value: "([a-z_.]+)"', text))
    assert {action for action in ACTIONS if not action.startswith(tuple(groups))} == set()
    assert {group for group in groups if not any(action.startswith(group) for action in ACTIONS)} == set()


def test_every_permission_has_words() -> None:
    assert keys_of("names", "shared/signed-in/use-permission-names.ts") == PERMISSIONS | {OWN_TOKENS}


def test_the_app_asks_for_permissions_that_exist() -> None:
    sources = [file for kind in ("*.ts", "*.tsx") for file in APP.rglob(kind) if ".test." not in file.name]
    text = "\n".join(file.read_text(encoding="utf-8") for file in sources)
    asked = set(re.findall(r'(?:may\(account, |permission: )"([a-z]+:[a-z]+)"', text))
    assert asked
    assert asked <= PERMISSIONS


def codes(pattern: str, *folders: str) -> set[str]:
    """The words for programs that the sources of these folders give."""
    files = [file for folder in folders for file in (ROOT / folder).glob("*.py")]
    return {code for file in files for code in re.findall(pattern, file.read_text(encoding="utf-8"))}


JOBS, IMPORTS = "libs/servicekit/jobs", "services/documents/imports"
AI_JOBS = "services/ai/jobs"
GENERAL_WORDS = "shared/signed-in/jobs/reasons.ts"
IMPORT_WORDS, AI_JOB_WORDS = "features/imports/import-words.ts", "features/ai-jobs/report-words.ts"


def test_every_reason_of_a_failed_import_has_words() -> None:
    raised = codes(r'JobFailed\(\s*"(\w+)"', JOBS, IMPORTS) | codes(r'(?:code|reason)="(\w+)"', JOBS)
    words = keys_of("reasons", GENERAL_WORDS) | keys_of("whyFailed", IMPORT_WORDS)
    assert words == raised | set(WORDS)


def test_every_line_of_its_report_has_words() -> None:
    told = codes(r'(?:LEFT_OUT|FAILED|SUCCEEDED), "(\w+)"', IMPORTS) | codes(r'Unreadable\("(\w+)"', IMPORTS)
    assert keys_of("aboutFiles", IMPORT_WORDS) == told


def test_every_reason_of_a_failed_job_of_the_ai_has_words() -> None:
    raised = codes(r'JobFailed\(\s*"(\w+)"', JOBS, AI_JOBS) | codes(r'(?:code|reason)="(\w+)"', JOBS)
    words = keys_of("reasons", GENERAL_WORDS) | keys_of("whyFailed", AI_JOB_WORDS)
    assert words == raised | set(WORDS)


def test_every_line_of_its_report_has_words_too() -> None:
    told = codes(r'Outcome\.\w+, "(\w+)"', AI_JOBS) | codes(r'told = \("(\w+)"', AI_JOBS)
    assert keys_of("aboutDocuments", AI_JOB_WORDS) == told

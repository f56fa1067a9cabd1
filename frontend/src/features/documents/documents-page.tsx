import { Pill } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { Link, useSearchParams } from "react-router";
import { may } from "@/shared/session/account";
import { useAccount } from "@/shared/session/account-context";
import { SearchBox } from "@/shared/signed-in/search-box";
import buttons from "@/shared/ui/button.module.css";
import { PageHeading } from "@/shared/ui/page-heading";
import { DocumentList } from "./document-list";
import classes from "./documents-page.module.css";
import { useDocuments } from "@/shared/signed-in/documents/use-documents";

/** What is shown is told by the address: `?q=` or `?tag=`, so that it can be kept and gone back to. */
export function DocumentsPage() {
  const { t } = useLingui();
  const account = useAccount();
  const [params, setParams] = useSearchParams();
  const q = params.get("q") ?? "";
  const tag = params.get("tag") ?? "";
  const found = useDocuments({ q, tag });

  return (
    <>
      <div className={classes.top}>
        <PageHeading title={t`Documents`} />
        {may(account, "documents:write") && (
          <div className={classes.doings}>
            <Link to="/app/documents/import" className={buttons.button}>
              <Trans>Import</Trans>
            </Link>
            <Link to="/app/documents/new" className={`${buttons.button} ${buttons.primary}`}>
              <Trans>New document</Trans>
            </Link>
          </div>
        )}
      </div>
      <SearchBox
        // A tag is chosen instead of a search: the box starts empty again.
        key={tag}
        q={q}
        label={t`Search your documents`}
        className={classes.search}
        onSearch={(next) => {
          setParams(next ? { q: next } : {}, { replace: true });
        }}
      />
      {tag && (
        <p>
          <Trans>With the tag</Trans>{" "}
          <Pill
            size="lg"
            withRemoveButton
            removeButtonProps={{
              "aria-label": t`Show all documents`,
              "aria-hidden": false,
              tabIndex: 0,
            }}
            onRemove={() => {
              setParams({});
            }}
          >
            {tag}
          </Pill>
        </p>
      )}
      <DocumentList found={found} narrowed={q !== "" || tag !== ""} />
    </>
  );
}

import { Trans, useLingui } from "@lingui/react/macro";
import { useSearchParams } from "react-router";
import buttons from "@/shared/ui/button.module.css";
import { PageHeading } from "@/shared/ui/page-heading";
import { exportAddress } from "./api/search-audit";
import { filledIn, filterOf, formOf } from "./audit-filter";
import { AuditList } from "./audit-list";
import classes from "./audit-page.module.css";
import { AuditSearch } from "./audit-search";
import { called } from "./called";
import { useAudit } from "./use-audit";

/** What is looked for is told by the address, so that it can be kept, shared and gone back to. */
export function AuditPage() {
  const { t } = useLingui();
  const [params, setParams] = useSearchParams();
  const asked = formOf(params);
  const filter = filterOf(asked);
  const found = useAudit(filter);
  const people = found.data?.flatMap(({ actor, target }) => [actor, target]) ?? [];
  const person = people.find((somebody) => somebody?.id === filter.person);

  return (
    <>
      <div className={classes.top}>
        <PageHeading title={t`Audit`} />
        <a href={exportAddress(filter)} download className={buttons.button}>
          <Trans>Save as CSV</Trans>
        </a>
      </div>
      <AuditSearch
        asked={asked}
        personName={person ? called(person) : undefined}
        onSearch={(form) => {
          setParams(filledIn(form));
        }}
      />
      <AuditList
        found={found}
        heading="h2"
        empty={
          <p className={classes.empty}>
            <Trans>Nothing of this kind happened in this time.</Trans>
          </p>
        }
      />
    </>
  );
}

import { useEffect, useRef } from "react";
import { NativeSelect } from "@mantine/core";
import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useLocation, useSearchParams } from "react-router";
import { SearchBox } from "@/shared/signed-in/search-box";
import { PageHeading } from "@/shared/ui/page-heading";
import { rolesQuery } from "./api/list-roles";
import { PeopleList } from "./people-list";
import classes from "./people-page.module.css";
import { type PeopleFilter, statuses } from "./use-people";
import { useStatusNames } from "./use-status-names";

/** Who is shown is told by the address: `?q=`, `?status=` and `?role=`. */
export function PeoplePage() {
  const { t } = useLingui();
  const statusNames = useStatusNames();
  const roles = useQuery(rolesQuery);
  const [params, setParams] = useSearchParams();
  // Names the box: with another name it starts anew, empty, together with the address.
  const { state } = useLocation() as { state: { box: number } | null };
  const filter = filterOf(params);
  // The address follows a moment later: what is chosen meanwhile must not undo what was asked for before.
  const asked = useRef(params);
  useEffect(() => {
    asked.current = params;
  }, [params]);
  const narrow = (part: Partial<PeopleFilter>) => {
    const told = Object.entries({ ...filterOf(asked.current), ...part });
    asked.current = new URLSearchParams(told.filter(([, value]) => value !== ""));
    setParams(asked.current, { replace: true, state });
  };
  // A role of the address is offered even before the roles are there.
  const roleNames = roles.data?.items.map(({ name }) => name) ?? [filter.role].filter(Boolean);

  return (
    <>
      <PageHeading title={t`People`} />
      <div className={classes.filters}>
        <SearchBox
          key={state?.box}
          q={filter.q}
          label={t`Search by name or e-mail`}
          className={classes.search}
          onSearch={(q) => {
            narrow({ q });
          }}
        />
        <NativeSelect
          label={t`Status`}
          value={filter.status}
          data={[
            { value: "", label: t`Any` },
            ...statuses.map((value) => ({ value, label: statusNames[value] })),
          ]}
          onChange={(event) => {
            narrow({ status: event.currentTarget.value });
          }}
        />
        <NativeSelect
          label={t`Role`}
          value={filter.role}
          data={[{ value: "", label: t`Any` }, ...roleNames]}
          onChange={(event) => {
            narrow({ role: event.currentTarget.value });
          }}
        />
      </div>
      <PeopleList
        filter={filter}
        onShowAll={() => {
          setParams({}, { replace: true, state: { box: (state?.box ?? 0) + 1 } });
        }}
      />
    </>
  );
}

function filterOf(params: URLSearchParams): PeopleFilter {
  return {
    q: params.get("q") ?? "",
    status: params.get("status") ?? "",
    role: params.get("role") ?? "",
  };
}

import { Trans, useLingui } from "@lingui/react/macro";
import { Link, useParams } from "react-router";
import { Markdown } from "@/shared/ui/markdown";
import { PageHeading } from "@/shared/ui/page-heading";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { PublicLayout } from "@/shared/ui/public-layout";
import classes from "./help.module.css";
import { useErrorPages } from "./error-pages";

/** What one type of problem means and what to do: docs/errors/<slug>.md. */
export function ErrorPage() {
  const { slug } = useParams();
  const { i18n, t } = useLingui();
  const pages = useErrorPages(i18n.locale);
  const page = pages.data?.find((candidate) => candidate.slug === slug);

  return (
    <PublicLayout>
      <article className={classes.article}>
        <p>
          <Link to="/docs/errors">
            <Trans>All error messages</Trans>
          </Link>
        </p>
        {page && (
          <>
            <PageHeading title={page.title} />
            <Markdown text={page.body} />
          </>
        )}
        {pages.isSuccess && !page && (
          <>
            <PageHeading title={t`No such error message`} />
            <p>
              <Trans>
                Nothing is written about “{slug}”. Perhaps the list has what you look for.
              </Trans>
            </p>
          </>
        )}
        {pages.isError && <ProblemMessage error={pages.error} retry={() => void pages.refetch()} />}
      </article>
    </PublicLayout>
  );
}

import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "react-router";
import { PageHeading } from "@/shared/ui/page-heading";
import { ProblemMessage } from "@/shared/ui/problem-message";
import { PublicLayout } from "@/shared/ui/public-layout";
import { useErrorPages } from "./error-pages";
import classes from "./help.module.css";

export function ErrorIndexPage() {
  const { i18n, t } = useLingui();
  const pages = useErrorPages(i18n.locale);
  return (
    <PublicLayout>
      <article className={classes.article}>
        <PageHeading title={t`Error messages explained`} />
        <p>
          <Trans>Every problem that the platform tells of, what it means, and what to do.</Trans>
        </p>
        <ul className={classes.list}>
          {pages.data?.map(({ slug, title }) => (
            <li key={slug}>
              <Link to={`/docs/errors/${slug}`}>{title}</Link>
            </li>
          ))}
        </ul>
        {pages.isError && <ProblemMessage error={pages.error} retry={() => void pages.refetch()} />}
      </article>
    </PublicLayout>
  );
}

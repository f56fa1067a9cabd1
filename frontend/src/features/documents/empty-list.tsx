import { Trans } from "@lingui/react/macro";
import { Link } from "react-router";
import { Logo } from "@/shared/ui/logo";
import classes from "./documents-page.module.css";

export function EmptyList({ narrowed }: { narrowed: boolean }) {
  return (
    <div className={classes.empty}>
      <Logo size={64} />
      {narrowed ? (
        <p>
          <Trans>
            Nothing found. Try fewer words, or <Link to="/app/documents">show all documents</Link>.
          </Trans>
        </p>
      ) : (
        <p>
          <Trans>
            This room is still empty. <Link to="/app/documents/new">Write your first document</Link>
            , or <Link to="/app/documents/import">import some</Link>.
          </Trans>
        </p>
      )}
    </div>
  );
}

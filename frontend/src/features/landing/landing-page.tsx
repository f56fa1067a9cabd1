import { Trans, useLingui } from "@lingui/react/macro";
import { signedInHint } from "@/shared/session/signed-in-hint";
import { signInAddress } from "@/shared/session/sign-in-address";
import buttons from "@/shared/ui/button.module.css";
import { PageHeading } from "@/shared/ui/page-heading";
import { PublicLayout } from "@/shared/ui/public-layout";
import { AddService } from "./add-service";
import { DoorPicture } from "./door-picture";
import { HowItWorks } from "./how-it-works";
import classes from "./landing-page.module.css";
import { SampleShelf } from "./sample-shelf";
import { TryAi } from "./try-ai";

export function LandingPage() {
  const { t } = useLingui();
  return (
    <PublicLayout>
      <section className={classes.hero}>
        <div>
          <PageHeading title={t`One door to every service`} className={classes.title}>
            <Trans>
              One door. <em>Every room.</em>
            </Trans>
          </PageHeading>
          <p className={classes.lead}>
            <Trans>
              A zaguán is the entrance hall of a Spanish house: the place where you are recognised
              before you walk on to any room. Sign in here once, and every service behind the door
              knows who you are.
            </Trans>
          </p>
          <p className={classes.actions}>
            <Enter />
            <a href="#try" className={buttons.button}>
              <Trans>Try it first</Trans>
            </a>
          </p>
        </div>
        <DoorPicture />
      </section>
      <HowItWorks />
      <SampleShelf />
      <TryAi />
      <AddService />
    </PublicLayout>
  );
}

function Enter() {
  const className = `${buttons.button} ${buttons.primary}`;
  if (signedInHint.get()) {
    return (
      <a href="/app" className={className}>
        <Trans>Open my documents</Trans>
      </a>
    );
  }
  return (
    <a href={signInAddress("/app/documents")} className={className}>
      <Trans>Sign in with one account</Trans>
    </a>
  );
}

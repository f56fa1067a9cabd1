import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState } from "react";
import "swagger-ui-dist/swagger-ui.css";
import SwaggerUI from "swagger-ui-dist/swagger-ui-es-bundle.js";
import { useColorScheme } from "@/shared/theme/color-scheme";
import { PageHeading } from "@/shared/ui/page-heading";
import { PublicLayout } from "@/shared/ui/public-layout";
import classes from "./api-docs.module.css";

const services = ["backend", "documents"] as const;
type Service = (typeof services)[number];

/** Every API that one sign-in opens, to read and to try with the visitor's own session. */
export function ApiDocsPage() {
  const { t } = useLingui();
  const [service, setService] = useState<Service>("documents");
  const names: Record<Service, string> = {
    backend: t`Account and sign-in`,
    documents: t`Documents`,
  };

  return (
    <PublicLayout as="div">
      <section aria-label={t`API reference`}>
        <PageHeading title={t`API reference`} />
        <div className={classes.chooser}>
          <label htmlFor="service">
            <Trans>Service</Trans>
          </label>
          <select
            id="service"
            value={service}
            onChange={(event) => {
              setService(event.currentTarget.value as Service);
            }}
          >
            {services.map((name) => (
              <option key={name} value={name}>
                {names[name]}
              </option>
            ))}
          </select>
          <a href={`/api/${service}/openapi.json`}>OpenAPI 3.1 (JSON)</a>
        </div>
      </section>
      <Reference url={`/api/${service}/openapi.json`} />
    </PublicLayout>
  );
}

function Reference({ url }: { url: string }) {
  const place = useRef<HTMLDivElement>(null);
  const { shown } = useColorScheme();

  useEffect(() => {
    document.documentElement.classList.toggle("dark-mode", shown === "dark");
  }, [shown]);

  useEffect(() => {
    if (place.current) {
      const domNode = place.current;
      const onComplete = () => {
        fitInto(domNode);
      };
      SwaggerUI({ domNode, url, docExpansion: "list", validatorUrl: null, onComplete });
    }
  }, [url]);

  // The descriptions are in English, as the code is.
  return <div ref={place} lang="en" className={classes.reference} />;
}

/** The viewer was made to be a page of its own: puts its title and description in the order of ours. */
function fitInto(viewer: HTMLElement): void {
  viewer.querySelector("h1")?.setAttribute("aria-level", "2");
  const about = viewer.querySelector(".information-container");
  about?.setAttribute("role", "region");
  about?.setAttribute("aria-label", "About this API");
}

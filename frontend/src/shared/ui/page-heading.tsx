import { type ReactNode, useEffect, useRef } from "react";
import { navigated } from "@/shared/navigated";

interface PageHeadingProps {
  /** The document's title, before the name of the platform. */
  title: string;
  children?: ReactNode;
  className?: string;
}

/** The one h1 of a page: it names the tab, and takes the focus when a person navigates here. */
export function PageHeading({ title, children, className }: PageHeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    // The first page of a visit is read from its top by itself.
    if (navigated.get()) heading.current?.focus();
  }, []);

  return (
    <>
      <title>{`${title} · Zaguán`}</title>
      <h1 ref={heading} tabIndex={-1} className={className}>
        {children ?? title}
      </h1>
    </>
  );
}

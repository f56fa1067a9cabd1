import { type ReactNode, useEffect, useRef } from "react";
import { NavLink, useLocation } from "react-router";
import classes from "./section-layout.module.css";

export interface SectionLink {
  to: string;
  name: string;
  /** Its address is the beginning of the others'. */
  end?: boolean;
}

interface SectionLayoutProps {
  /** What the sections are parts of. */
  label: string;
  sections: SectionLink[];
  children: ReactNode;
}

/** Pages that belong together, and the way between them. */
export function SectionLayout({ label, sections, children }: SectionLayoutProps) {
  const line = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    const here = line.current?.querySelector<HTMLElement>('[aria-current="page"]');
    // On a phone the line is wider than the window, and the page that is open may stand beyond its end.
    if (line.current && here)
      line.current.scrollLeft = here.offsetLeft - (line.current.clientWidth - here.offsetWidth) / 2;
  }, [pathname]);

  return (
    <div className={classes.layout}>
      <nav ref={line} aria-label={label} className={classes.sections}>
        {sections.map(({ to, name, end = false }) => (
          <NavLink key={to} to={to} end={end} className={classes.section}>
            {name}
          </NavLink>
        ))}
      </nav>
      <div className={classes.page}>{children}</div>
    </div>
  );
}

import type { ReactNode } from "react";
import { NavLink } from "react-router";
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
  return (
    <div className={classes.layout}>
      <nav aria-label={label} className={classes.sections}>
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

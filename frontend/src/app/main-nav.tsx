import { Trans, useLingui } from "@lingui/react/macro";
import { useClickOutside } from "@mantine/hooks";
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from "react";
import { NavLink } from "react-router";
import { sectionsFor } from "@/features/administration/sections";
import { may } from "@/shared/session/account";
import { useAccount } from "@/shared/session/account-context";
import classes from "./app-shell.module.css";

/** The rooms of the house: beside each other where there is space, else behind a button. */
export function MainNav() {
  const { t } = useLingui();
  const [open, setOpen] = useState(false);
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
  };
  const outside = useClickOutside<HTMLDivElement>(close);
  const closeByKey = ({ key }: KeyboardEvent) => {
    if (key !== "Escape" || !open) return;
    close();
    button.current?.focus();
  };

  return (
    <div ref={outside} className={classes.rooms}>
      <button
        ref={button}
        type="button"
        className={classes.menu}
        aria-expanded={open}
        aria-controls={id}
        onKeyDown={closeByKey}
        onClick={() => {
          setOpen(!open);
        }}
      >
        <Trans>Menu</Trans>
      </button>
      <nav id={id} aria-label={t`Main`} className={classes.nav} data-open={open}>
        <Rooms onChoose={close} onKeyDown={closeByKey} />
      </nav>
    </div>
  );
}

interface Handlers {
  onChoose: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

function Rooms({ onChoose, onKeyDown }: Handlers) {
  const { t } = useLingui();
  const account = useAccount();
  const room = (to: string, name: ReactNode) => (
    <NavLink to={to} className={classes.link} onClick={onChoose} onKeyDown={onKeyDown}>
      {name}
    </NavLink>
  );
  return (
    <>
      {room("/app/documents", t`Documents`)}
      {may(account, "ai:use") && room("/app/ai", t`AI`)}
      {sectionsFor(account).length > 0 && room("/app/admin", t`Administration`)}
      {room(
        "/app/account",
        <>
          <OwnFace />
          {t`Account`}
        </>,
      )}
    </>
  );
}

function OwnFace() {
  const { t } = useLingui();
  const { name, email, picture } = useAccount();
  const label = name ?? email ?? t`Account`;
  return (
    <span className={classes.face} aria-hidden="true">
      {picture ? <img src={picture} alt="" referrerPolicy="no-referrer" /> : label.slice(0, 1)}
    </span>
  );
}

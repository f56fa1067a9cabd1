import { Radio } from "@mantine/core";
import { useLingui } from "@lingui/react/macro";
import { may } from "@/shared/session/account";
import { useAccount } from "@/shared/session/account-context";
import classes from "./ai-jobs.module.css";
import { type Kind, kinds } from "./kinds";

interface KindChoiceProps {
  chosen: Kind;
  onChoose: (kind: Kind) => void;
}

/** What is to be done. All but the index saves documents, which not everybody may. */
export function KindChoice({ chosen, onChoose }: KindChoiceProps) {
  const { t, i18n } = useLingui();
  const account = useAccount();
  const all: Kind[] = ["summarise", "translate", "tag", "index"];
  const open = may(account, "documents:write") ? all : all.filter((kind) => kind === "index");
  return (
    <Radio.Group
      label={t`What is to be done`}
      size="md"
      value={chosen}
      onChange={(kind) => {
        onChoose(kind);
      }}
    >
      <div className={classes.kinds}>
        {open.map((kind) => (
          <Radio
            key={kind}
            value={kind}
            size="md"
            label={i18n._(kinds[kind].wish)}
            description={i18n._(kinds[kind].about)}
          />
        ))}
      </div>
    </Radio.Group>
  );
}

import { Trans, useLingui } from "@lingui/react/macro";
import type { CSSProperties } from "react";
import classes from "./sign-in-diagram.module.css";

interface Point {
  x: number;
  y: number;
}

interface Layout {
  width: number;
  height: number;
  browser: Point;
  door: Point;
  rooms: readonly [Point, Point, Point];
  /** Where the words beside the first way and beside the other ways stand. */
  words: readonly [Point, Point];
  /** A gentle curve from one point to another. */
  way: (from: Point, to: Point) => string;
}

const CARD = { width: 190, height: 84 };
const PHONE_CARD = { width: 106, height: 84 };

const wide: Layout = {
  width: 1000,
  height: 400,
  browser: { x: 110, y: 200 },
  door: { x: 470, y: 200 },
  rooms: [
    { x: 885, y: 62 },
    { x: 885, y: 200 },
    { x: 885, y: 338 },
  ],
  words: [
    { x: 295, y: 178 },
    { x: 680, y: 184 },
  ],
  way: (from, to) => {
    const middle = (from.x + to.x) / 2;
    return `M${from.x} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${to.x} ${to.y}`;
  },
};

const tall: Layout = {
  width: 350,
  height: 600,
  browser: { x: 175, y: 50 },
  door: { x: 175, y: 280 },
  rooms: [
    { x: 57, y: 546 },
    { x: 175, y: 546 },
    { x: 293, y: 546 },
  ],
  words: [
    { x: 262, y: 136 },
    { x: 238, y: 420 },
  ],
  way: (from, to) => {
    const middle = (from.y + to.y) / 2;
    return `M${from.x} ${from.y}C${from.x} ${middle} ${to.x} ${middle} ${to.x} ${to.y}`;
  },
};

/** Browser → door → rooms, beside each other where there is room and below each other on a phone. */
export function SignInDiagram() {
  return (
    <figure className={classes.figure}>
      <Drawing layout={wide} className={classes.wide} card={CARD} />
      <Drawing layout={tall} className={classes.tall} card={PHONE_CARD} />
    </figure>
  );
}

interface DrawingProps {
  layout: Layout;
  className: string | undefined;
  card: typeof CARD;
}

function Drawing({ layout, className, card }: DrawingProps) {
  const { t } = useLingui();
  const { browser, door, rooms, words, way } = layout;
  const toDoor = way(browser, door);
  const toRooms = rooms.map((room) => way(door, room));
  const names = [t`Documents`, t`Account`, t`Your service`];

  return (
    <svg
      viewBox={`0 0 ${layout.width} ${layout.height}`}
      role="img"
      aria-label={t`Your browser sends one cookie to the door. The door sends a signed letter, valid for 60 seconds, to each service: documents, account and your own.`}
      className={className}
    >
      <path d={toDoor} className={classes.cookieWay} />
      {toRooms.map((path) => (
        <path key={path} d={path} className={classes.letterWay} />
      ))}
      <circle r="9" className={classes.cookie} style={along(toDoor)} />
      {toRooms.map((path, index) => (
        <Letter key={path} path={path} delay={index * 0.25} />
      ))}
      <Card at={browser} size={CARD} name={t`Your browser`} />
      <Arch at={door} />
      {rooms.map((room, index) => (
        <Card key={room.y + room.x} at={room} size={card} name={names[index] ?? ""} roof />
      ))}
      <text x={words[0].x} y={words[0].y} className={classes.note}>
        <Trans>one cookie</Trans>
      </text>
      <text x={words[1].x} y={words[1].y} className={classes.note}>
        <Trans>a letter each, 60 s</Trans>
      </text>
    </svg>
  );
}

const along = (path: string): CSSProperties => ({ offsetPath: `path("${path}")` });

function Letter({ path, delay }: { path: string; delay: number }) {
  return (
    <g className={classes.letter} style={{ ...along(path), animationDelay: `${delay}s` }}>
      <rect x="-14" y="-10" width="28" height="20" rx="3" />
      <path d="M-14-8 0 3 14-8" />
    </g>
  );
}

interface CardProps {
  at: Point;
  size: typeof CARD;
  name: string;
  roof?: boolean;
}

function Card({ at, size, name, roof = false }: CardProps) {
  const left = at.x - size.width / 2;
  const top = at.y - size.height / 2;
  return (
    <g className={classes.card}>
      <rect x={left} y={top} width={size.width} height={size.height} rx="14" />
      {roof && (
        <path
          d={`M${at.x - 13} ${top + 42}v-14a13 13 0 0 1 26 0v14z`}
          className={classes.roomDoor}
        />
      )}
      {!roof && <path d={`M${left} ${top + 26}h${size.width}`} />}
      <text x={at.x} y={at.y + (roof ? 28 : 20)}>
        {name}
      </text>
    </g>
  );
}

function Arch({ at }: { at: Point }) {
  const { t } = useLingui();
  return (
    <g transform={`translate(${at.x} ${at.y})`}>
      <path d="M-75 95V-20a75 75 0 0 1 150 0V95z" className={classes.arch} />
      <path d="M-54 95V-18a54 54 0 0 1 108 0V95z" className={classes.light} />
      <path d="M-54 95V-18A54 54 0 0 1-14-70V95z" className={classes.leaf} />
      <path d="M54 95V-18A54 54 0 0 0 14-70V95z" className={classes.leaf} />
      <g className={classes.sign}>
        <rect x="-60" y="38" width="120" height="36" rx="18" />
        <text y="62">{t`The door`}</text>
      </g>
    </g>
  );
}

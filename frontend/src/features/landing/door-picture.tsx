import classes from "./door-picture.module.css";

/** The entrance: lime wall, tiled floor, a door ajar and light behind it. Decoration only. */
export function DoorPicture() {
  return (
    <svg viewBox="0 0 360 380" aria-hidden="true" className={classes.picture}>
      <path d="M30 350V170a150 150 0 0 1 300 0v180z" className={classes.stone} />
      <path d="M62 350V172a118 118 0 0 1 236 0v178z" className={classes.inside} />
      <path d="M118 350V180a62 62 0 0 1 124 0v170z" className={classes.patio} />
      <path d="M118 350V180a62 62 0 0 1 124 0v170z" className={classes.glow} />
      <g className={classes.plant}>
        <path d="M206 318c-2-34-20-44-30-48 14 0 27 8 32 24 0-26 8-40 24-48-8 14-10 30-14 44 8-8 18-10 26-8-14 6-22 18-26 36z" />
        <path d="M194 316h32l-5 32h-22z" className={classes.pot} />
      </g>
      <path d="M62 350V172A118 118 0 0 1 104 82l36 42v226z" className={classes.leafLeft} />
      <path d="M298 350V172a118 118 0 0 0-42-90l-20 36v232z" className={classes.leafRight} />
      <g className={classes.studs}>
        {[150, 200, 250, 300].map((y) => (
          <g key={y}>
            <circle cx="82" cy={y + 6} r="4" />
            <circle cx="118" cy={y + 10} r="4" />
            <circle cx="268" cy={y + 6} r="4" />
          </g>
        ))}
      </g>
      <path d="M180 22l15 20-15 26-15-26z" className={classes.keystone} />
      <g className={classes.floor}>
        {[0, 1, 2, 3, 4, 5, 6, 7].map((tile) => (
          <path key={tile} d={`M${tile * 45} 350h45v26h-45z`} />
        ))}
      </g>
    </svg>
  );
}

/** How the map looks at the earth: two frames of one projection each. The tests look through the same ones. */

import { geoAzimuthalEqualArea } from 'd3-geo';

const EARTH_KM = 6371;
/** Units of the drawing: one is four kilometres, in Europe. */
const KM = 4;

/** Equal areas, straight up at `centre`; `box` is left, top, right, bottom in kilometres from it. */
function frame(centre, box, km) {
  const [left, top, right, bottom] = box.map((edge) => edge / km);
  const width = right - left;
  const height = bottom - top;
  const projection = geoAzimuthalEqualArea()
    .rotate([-centre[0], -centre[1]])
    .scale(EARTH_KM / km)
    .translate([-left, -top])
    .precision(0)
    .clipExtent([
      [0, 0],
      [width, height],
    ]);
  return { projection, width, height };
}

/** From Iceland to the Caucasus, from Crete to the North Cape; and beside it, smaller, North America. */
export const frames = {
  europe: frame([14, 52], [-2080, -2230, 2760, 2000], KM),
  america: frame([-100, 54], [-3150, -2900, 3250, 3200], KM * 4),
};

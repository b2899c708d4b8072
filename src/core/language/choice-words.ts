// Words that mean the same place, time or way in the options of a question, in both languages. Data only: a reply that
// names an option by another word for it is asked back, never taken.

/** Each row is one meaning; the words of a row stand for one another. */
const ROWS: readonly string[] = [
  'home house homes casa parents papas padres mom dad mama ama papa family familia folks commute commuting hogar',
  'dorm dorms residence dormitorio dormitorios residencia',
  'apartment apt depa apartamento rent renting off',
  'text texto txt sms message mensaje msg texting mensajito texteen mensajeen',
  'call phone llamada llamar llamame llamenme telefono ring calling marquenme marcame',
  'email correo mail electronico gmail',
  'morning mornings manana mananas am early temprano',
  'afternoon afternoons after school tarde lunch noon mediodia',
  'evening evenings night nights noche noches tonight late',
  'online zoom virtual linea remote video internet',
  'person persona presencial campusvisit inperson',
  'grant grants beca becas scholarship scholarships gratis',
  'loan loans prestamo prestamos borrow',
  'work job trabajo jobs working trabajar workstudy',
  'unsure idk dunno undecided noidea sepa',
  'bus train metro transit camion tren publico',
  'car drive drives driving carro coche manejar manejo ride driven',
  'walk walking caminar caminando bike pie',
  'full fulltime completo',
  'half parttime parcial medio part',
  'english ingles',
  'spanish espanol',
  'both ambos ambas',
  'fafsa aid ayuda financiera financial',
  'housing vivienda dorms',
  'orientation orientacion',
  'done listo finished terminado complete',
  'started empezado empece begun',
  'monday lunes mon',
  'tuesday martes tue tues',
  'wednesday miercoles wed',
  'thursday jueves thu thurs',
  'friday viernes fri',
  'saturday sabado sat',
  'sunday domingo sun',
  'none neither ninguno ninguna nothing',
  'other otro otra else different',
  'money dinero pay pagar cost tuition',
  'classes clases class school escuela',
  'food comida eat',
];

const MEANINGS: ReadonlyMap<string, ReadonlySet<number>> = readRows();

function readRows(): Map<string, Set<number>> {
  const found = new Map<string, Set<number>>();
  for (const [index, row] of ROWS.entries()) {
    for (const word of row.split(' ')) found.set(word, (found.get(word) ?? new Set<number>()).add(index));
  }
  return found;
}

/** Whether two words may stand for one another. */
export function meansSame(typed: string, word: string): boolean {
  const [a, b] = [MEANINGS.get(typed), MEANINGS.get(word)];
  return a !== undefined && b !== undefined && [...a].some((row) => b.has(row));
}

/**
 * Names in the schema that are not as we write them. SQLite finds a column by any case of its letters and names it as the schema
 * does, so that a bit that changed there would leave a field out of every row.
 */
export const changedNames = `SELECT 'the schema names ' || quote(tables.name) || ', ' || quote(columns.name) AS problem
  FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns
  WHERE tables.name NOT GLOB 'sqlite_*' AND (tables.name <> lower(tables.name) OR columns.name <> lower(columns.name))`

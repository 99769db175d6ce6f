{
  const { cookie, value, age } = document.currentScript.dataset;
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${cookie}=${value}; path=/; max-age=${age}; samesite=lax${secure}`;
}

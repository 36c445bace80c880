import torch

x = torch.tensor(3.0, dtype=torch.float64, requires_grad=True)

y = x + x
s = x + x
v = x + s

for variable in [y, s, v]:
    variable.retain_grad()

y.backward()

print("y =", y.data)
print("x.grad =", x.grad)

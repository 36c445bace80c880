import torch

x = torch.tensor(3.0, dtype=torch.float64, requires_grad=True)

y = x + x

for variable in [y]:
    variable.retain_grad()

y.backward()

print("y =", y.data)
print("x.grad =", x.grad)
